import type { Election } from '@elekto/election';
import { beforeEach, expect, it, vi } from 'vitest';
import { holdRehearsal } from './hold-rehearsal.ts';
import { makeElection } from '../../tests/support.ts';

const leave = vi.hoisted(() => vi.fn<() => Promise<void>>());
vi.mock('@elekto/db', async (original) => ({
  ...(await original<object>()),
  startDatabase: () => Promise.reject(new Error('no memory is left for a database')),
}));
vi.mock('./passing-officers.ts', () => ({
  passingOfficers: ({ custody }: Pick<Election, 'custody'>) => Promise.resolve({ custody, leave }),
}));

beforeEach(() => leave.mockReset().mockResolvedValue());

it('that gets no database leaves no thread with officers’ keys behind', async () => {
  const election = makeElection(3, { custody: { file: 'keys/2026.json', board: null } });
  const officer = { userId: 'o', account: '1', login: 'officer' };
  await expect(holdRehearsal({ election, officer, rankings: [{ ada: 1 }] })).rejects.toThrow('no memory');
  expect(leave).toHaveBeenCalledOnce();
});
