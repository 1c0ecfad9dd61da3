import type { ExceptionRequest, RequestStatus } from '../../backend/model.ts';

/** What stands in the list while a second officer is waited for. */
export const PROPOSED: Readonly<Record<'approved' | 'declined', string>> = {
  approved: 'Approval proposed',
  declined: 'Refusal proposed',
};

export const STATUS_SHAPE: Readonly<Record<RequestStatus, string>> = {
  open: '○',
  approved: '✓',
  declined: '✕',
  'more-information': '?',
};

/** Requests of one status (null = any) in which every word of `search` occurs, case aside. Order is kept. */
export function filterRequests(
  requests: readonly ExceptionRequest[],
  status: RequestStatus | null,
  search: string,
): readonly ExceptionRequest[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return requests.filter((request) => {
    if (status !== null && request.status !== status) return false;
    if (words.length === 0) return true;
    const text = `${request.login}\n${request.name}\n${request.email}\n${request.reason}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/**
 * The next (1) or the one before (-1) of those that are shown, seen from a request that need not be shown any more; at
 * an end the last one there. `all` has the order of both.
 */
export function neighbour(
  all: readonly ExceptionRequest[],
  shown: readonly ExceptionRequest[],
  id: string | null,
  step: 1 | -1,
): ExceptionRequest | undefined {
  const listed = new Set(shown);
  const from = all.findIndex((request) => request.id === id);
  for (let at = from + step; at >= 0 && at < all.length; at += step) {
    const request = all[at];
    if (request !== undefined && listed.has(request)) return request;
  }
  return step === 1 ? shown.at(-1) : shown[0];
}

/** How many of those that are shown stand before a request that need not be shown any more. `all` has the order of both. */
export function shownBefore(
  all: readonly ExceptionRequest[],
  shown: readonly ExceptionRequest[],
  id: string | null,
): number {
  const listed = new Set(shown);
  const at = all.findIndex((request) => request.id === id);
  return all.slice(0, Math.max(0, at)).filter((request) => listed.has(request)).length;
}

export function countByStatus(
  requests: readonly ExceptionRequest[],
): Readonly<Record<RequestStatus, number>> {
  const counts = { open: 0, approved: 0, declined: 0, 'more-information': 0 };
  for (const { status } of requests) counts[status] += 1;
  return counts;
}
