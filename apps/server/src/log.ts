/** The server's log: JSON lines, and nothing in them that a log must not hold. */
import { pino, type Logger } from 'pino';

export type { Logger };

/** Keys whose values never reach the log, wherever a careless object carries them. */
const SECRET_KEYS = [
  'authorization',
  'cookie',
  'set-cookie',
  'token',
  'access_token',
  'accessToken',
  'client_secret',
  'clientSecret',
  'code',
  'code_verifier',
  'state',
  'passphrase',
  'authKey',
  'cast',
  'sealedSeed',
  'handle',
  'tracker',
  'seed',
  'ciphertext',
  'encapsulated',
  'databaseUrl',
  'webhookSecret',
  'email',
];

/** Only name, code (as `reason`) and stack frames: a driver's message can hold values. */
function plainError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = (error as { code?: unknown }).code;
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12);
  return {
    type: error.name,
    // Not under `code`, which is what GitHub's one-time codes are called and is hidden.
    ...(typeof code === 'string' && { reason: code }),
    at: frames.map((line) => line.trim()),
  };
}

/** Writes to standard output, or to `destination` in tests. */
export function createLog(level: string, destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: plainError, error: plainError },
    redact: { paths: SECRET_KEYS.flatMap((key) => [`["${key}"]`, `*["${key}"]`]), censor: '[hidden]' },
  };
  return destination ? pino(options, destination) : pino(options);
}
