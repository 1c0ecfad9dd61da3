/** The JSON of OTLP 1.x (opentelemetry.io/docs/specs/otlp), as far as it is used: spans, sums, gauges. */

export type Resource = Readonly<Record<string, string>>;

export interface FinishedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parent: string | null;
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly failed: boolean;
}

/** As prom-client's `getMetricsAsJSON` gives it. */
export interface PrometheusMetric {
  readonly name: string;
  readonly help: string;
  readonly type: unknown;
  readonly values: readonly {
    readonly value: number;
    readonly labels: Readonly<Record<string, string | number | undefined>>;
  }[];
}

type Labels = PrometheusMetric['values'][number]['labels'];

const scope = { name: 'elekto' };
const nanos = (ms: number): string => `${Math.round(ms)}000000`;
const attributes = (labels: Labels): object[] =>
  Object.entries(labels).map(([key, value]) => ({ key, value: { stringValue: String(value) } }));

export function spansBody(resource: Resource, spans: readonly FinishedSpan[]): object {
  const INTERNAL = 1;
  const ERROR = 2;
  const all = spans.map(({ traceId, spanId, parent, name, startMs, endMs, failed }) => ({
    traceId,
    spanId,
    ...(parent !== null && { parentSpanId: parent }),
    name,
    kind: INTERNAL,
    startTimeUnixNano: nanos(startMs),
    endTimeUnixNano: nanos(endMs),
    status: failed ? { code: ERROR } : {},
  }));
  return {
    resourceSpans: [{ resource: { attributes: attributes(resource) }, scopeSpans: [{ scope, spans: all }] }],
  };
}

/** Sums are cumulative from `startedAt`. */
export function metricsBody(
  resource: Resource,
  metrics: readonly PrometheusMetric[],
  startedAt: number,
  now: number,
): object {
  const CUMULATIVE = 2;
  const times = { startTimeUnixNano: nanos(startedAt), timeUnixNano: nanos(now) };
  const points = (metric: PrometheusMetric): object[] =>
    metric.values.map(({ value, labels }) => ({
      ...times,
      asDouble: value,
      attributes: attributes(labels),
    }));
  const shape = (metric: PrometheusMetric): object => {
    if (metric.type === 'counter')
      return { sum: { dataPoints: points(metric), aggregationTemporality: CUMULATIVE, isMonotonic: true } };
    return { gauge: { dataPoints: points(metric) } };
  };
  const all = metrics.map((metric) => ({ name: metric.name, description: metric.help, ...shape(metric) }));
  return {
    resourceMetrics: [
      { resource: { attributes: attributes(resource) }, scopeMetrics: [{ scope, metrics: all }] },
    ],
  };
}
