import { afterEach, describe, expect, it, vi } from 'vitest';
import { boundedRenderer, type BoundedRenderer } from './bounded-render.ts';

/** A thread that renders everything but `hang`, `die` and `fill`. */
const FAULTY = new URL(
  `data:text/javascript,${encodeURIComponent(`
  import { workerData } from 'node:worker_threads';
  const { signal, port } = workerData;
  const say = (html) => { port.postMessage(html); Atomics.store(signal, 0, 1); Atomics.notify(signal, 0); };
  port.on('message', ({ markdown }) => {
    if (markdown === 'hang') for (;;);
    if (markdown === 'die') throw new Error('x');
    say('<p>' + markdown + '</p>');
  });
  say('ready');
`)}`,
);

let renderer: BoundedRenderer;
afterEach(() => renderer.close());

describe('rendering in a thread', () => {
  it('gives the HTML that the renderer makes, text after text', () => {
    renderer = boundedRenderer();
    expect(renderer.render('# *a*', 3)).toEqual({ html: '<h3><em>a</em></h3>', inTime: true });
    expect(renderer.render('b & `c`', 2)).toEqual({ html: '<p>b &#x26; <code>c</code></p>', inTime: true });
    expect(renderer.late).toBe(0);
  });

  it.each(['hang', 'die'])(
    'shows a text as written that makes the thread %s, and renders the next',
    (text) => {
      renderer = boundedRenderer({ textMs: 500, startMs: 60_000 }, FAULTY);
      expect(renderer.render(text, 2)).toEqual({
        html: `<pre class="as-written">${text}</pre>`,
        inTime: false,
      });
      expect(renderer.render('a', 2)).toEqual({ html: '<p>a</p>', inTime: true });
      expect(renderer.late).toBe(1);
    },
  );

  it('gives little time to each text after the third late one of a build, and all of it again in the next', () => {
    const given: (number | undefined)[] = [];
    const { wait } = Atomics;
    const spy = vi.spyOn(Atomics, 'wait').mockImplementation((...args: unknown[]) => {
      const ms = args[3] as number;
      if (ms === 60_000) return Reflect.apply(wait, Atomics, args) as 'ok';
      given.push(ms);
      return 'timed-out';
    });
    try {
      renderer = boundedRenderer({ textMs: 500, startMs: 60_000 }, FAULTY);
      for (let i = 0; i < 4; i += 1) renderer.render('a', 2);
      renderer.begin();
      renderer.render('a', 2);
    } finally {
      spy.mockRestore();
    }
    expect(given).toEqual([500, 500, 500, 50, 500]);
    expect(renderer.late, 'all of them are counted').toBe(5);
  });

  it('says so when no thread starts', () => {
    renderer = boundedRenderer({ textMs: 500, startMs: 1_000 }, new URL('data:text/javascript,throw 1'));
    expect(() => renderer.render('a', 2)).toThrow('did not start');
  });
});
