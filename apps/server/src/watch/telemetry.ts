/**
 * Optional OpenTelemetry: OTLP over HTTP as JSON, to whatever OTEL_EXPORTER_OTLP_ENDPOINT names. Loaded only when
 * that is set. No library looks over the server's shoulder: there are spans of the server's own work, under the
 * names below, and the metrics of /metrics, and nothing else can leave. Requests of people have no spans: one for
 * each ballot, with its time, would be a record of when people voted.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes, randomUUID } from 'node:crypto';

import type { OtlpSettings } from '../config/config.ts';
import type { Logger } from '../log.ts';
import { singleFlight } from '../sync/single-flight.ts';
import { VERSION } from '../version.ts';
import { within } from '../within.ts';

import { metricsBody, spansBody, type FinishedSpan, type PrometheusMetric, type Resource } from './otlp.ts';
import type { Trace } from './trace.ts';

export interface Telemetry {
  readonly trace: Trace;
  /** Tells what is left, then no more. */
  stop(): Promise<void>;
}

interface Parts {
  readonly settings: OtlpSettings;
  readonly log: Logger;
  readonly figures: () => Promise<readonly PrometheusMetric[]>;
}

/** Spans are kept for the next attempt up to this many; older ones go. */
const MOST_SPANS = 1000;
const PATIENCE = 5000;
/** Ms that a stop waits for the last export. */
const GOODBYE = 2000;

interface Open {
  readonly traceId: string;
  readonly spanId: string;
  parts: number;
  ended: boolean;
}

export function startTelemetry({ settings, log, figures }: Parts): Telemetry {
  const resource: Resource = {
    'service.name': settings.serviceName,
    'service.version': VERSION,
    'service.instance.id': randomUUID(),
  };
  const startedAt = Date.now();
  const current = new AsyncLocalStorage<Open>();
  let finished: FinishedSpan[] = [];
  let failing = false;

  async function send(path: string, body: object): Promise<void> {
    const answer = await fetch(`${settings.endpoint}${path}`, {
      method: 'POST',
      headers: { ...settings.headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`status ${answer.status}`);
  }

  async function tell(): Promise<void> {
    const spans = finished;
    finished = [];
    try {
      await send('/v1/metrics', metricsBody(resource, await figures(), startedAt, Date.now()));
      if (spans.length > 0) await send('/v1/traces', spansBody(resource, spans));
      if (failing) log.info('the telemetry is taken again');
      failing = false;
    } catch (error) {
      finished = [...spans, ...finished].slice(-MOST_SPANS);
      // Once, not each minute: the endpoint is not what this server is for.
      if (!failing) log.warn({ err: error }, 'the telemetry could not be sent (OTEL_EXPORTER_OTLP_ENDPOINT)');
      failing = true;
    }
  }

  // Of two that wait beside each other the elder's failure would be told after the younger's success.
  const tellAlone = singleFlight(tell);
  const timer = setInterval(() => void tellAlone(), settings.intervalMs);
  timer.unref();

  return {
    async trace(name, work, { onlyWithParts = false } = {}) {
      // What a timer does was begun within a span that is long over.
      const begun = current.getStore();
      const parent = begun?.ended === false ? begun : undefined;
      const open: Open = {
        traceId: parent?.traceId ?? randomBytes(16).toString('hex'),
        spanId: randomBytes(8).toString('hex'),
        parts: 0,
        ended: false,
      };
      const startMs = Date.now();
      let failed = true;
      try {
        const value = await current.run(open, work);
        failed = false;
        return value;
      } finally {
        open.ended = true;
        if (!onlyWithParts || open.parts > 0) {
          if (parent) parent.parts += 1;
          const { traceId, spanId } = open;
          finished.push({
            traceId,
            spanId,
            parent: parent?.spanId ?? null,
            name,
            startMs,
            endMs: Date.now(),
            failed,
          });
          finished = finished.slice(-MOST_SPANS);
        }
      }
    },
    async stop() {
      clearInterval(timer);
      // The figures may wait for a database that does not answer.
      await within(GOODBYE, tellAlone()).catch(() => undefined);
    },
  };
}
