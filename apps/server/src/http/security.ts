/** Headers that hold for every answer. The pages of the site bring a policy of their own, with their scripts' hashes. */
import helmet from 'helmet';
import type { RequestHandler } from 'express';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

/** Nothing may load, nothing may frame: right for JSON, redirects and errors. */
export const BARE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface PolicyParts {
  /** `'sha256-...'` of the page's inline scripts and styles. */
  readonly scripts?: readonly string[];
  readonly styles?: readonly string[];
  /** Where the page may send requests besides its own origin. */
  readonly connect?: readonly string[];
  /** Trusted Types: scripts may reach dangerous sinks only through the page's one policy. */
  readonly trustedTypes?: boolean;
}

/** The policy of a page of ours: everything from this origin, nothing inline but what is named by hash. */
export function pagePolicy({
  scripts = [],
  styles = [],
  connect = [],
  trustedTypes = false,
}: PolicyParts): string {
  return [
    "default-src 'none'",
    // The KDF and nothing else is WebAssembly; 'wasm-unsafe-eval' allows no eval of script.
    ["script-src 'self' 'wasm-unsafe-eval'", ...scripts].join(' '),
    ["style-src 'self'", ...styles].join(' '),
    "img-src 'self' data:",
    "font-src 'self'",
    ["connect-src 'self'", ...connect].join(' '),
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(trustedTypes ? ["require-trusted-types-for 'script'", 'trusted-types default'] : []),
  ].join('; ');
}

/** Strict headers by name; HSTS only where the site is reached by https. They are the same for every request, so helmet is asked once. */
export function securityHeaders(https: boolean): Map<string, string> {
  const headers = new Map<string, string>([
    ['Content-Security-Policy', BARE_POLICY],
    [
      'Permissions-Policy',
      'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
    ],
  ]);
  const strict = helmet({
    contentSecurityPolicy: false,
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: 'deny' },
  });
  const sample = new ServerResponse(new IncomingMessage(new Socket()));
  strict(sample.req, sample, (error) => {
    if (error !== undefined) throw error;
  });
  for (const [name, value] of Object.entries(sample.getHeaders())) headers.set(name, String(value));
  return headers;
}

export const withHeaders =
  (headers: Map<string, string>): RequestHandler =>
  (_req, res, next) => {
    res.setHeaders(headers);
    next();
  };
