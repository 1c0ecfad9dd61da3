import { Gauge, type Registry } from 'prom-client';

/** Makes figures of `/metrics` that are read when somebody asks for them. */
export const gaugesIn =
  (registers: Registry[]) =>
  (name: string, help: string, value: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  };
