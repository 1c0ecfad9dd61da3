import { describe, expect, it } from 'vitest';
import { readEvents, type ServerEvent } from './sse.ts';

function stream(...chunks: string[]): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(bytes.encode(chunk));
      controller.close();
    },
  });
}
async function read(...chunks: string[]): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of readEvents(stream(...chunks))) events.push(event);
  return events;
}

describe('server-sent events', () => {
  it('are read by name and data', async () =>
    expect(await read('event: connected\ndata: {}\n\ndata: {"kind":"elections"}\n\n')).toEqual([
      { event: 'connected', data: '{}' },
      { event: 'message', data: '{"kind":"elections"}' },
    ]));

  it('may arrive in pieces, with any line end', async () =>
    expect(await read('da', 'ta: a\r', '\ndata: b\r\n\r', '\nevent: pi', 'ng\n\n')).toEqual([
      { event: 'message', data: 'a\nb' },
      { event: 'ping', data: '' },
    ]));

  it('leave out comments and what is not finished', async () =>
    expect(await read(': hello\n\ndata: half')).toEqual([]));
});
