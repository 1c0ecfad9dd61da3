/** The server in memory: the same answers and refusals, no network. Tests steer it through `controls`. */
import { formatBallotsCsv } from '@elekto/tally';
import {
  Refused,
  Unreachable,
  type Backend,
  type Change,
  type LiveListener,
} from '../../src/renderer/backend/backend.ts';
import type { ExceptionRequest, Overview, PublicResult } from '../../src/renderer/backend/model.ts';
import { toResultsMarkdown } from '@elekto/words';
import {
  ballotsCsvOf,
  evidenceOf,
  finalise,
  makeBallots,
  NOW,
  PROBLEMS,
  rollVoters,
  setResult,
  type FakeElection,
} from './fixtures.ts';

export interface FakeControls {
  /** Every later call rejects as unreachable until set back. */
  offline(on: boolean): void;
  /** Another officer decides first. */
  decideElsewhere(key: string, id: string, status?: 'approved' | 'declined'): void;
  /** As above, at the very moment when the next decision of this officer arrives. */
  overtake(key: string, id: string): void;
  /** Another officer asks that voting starts anew. */
  askRestartElsewhere(key: string): void;
  /** Another officer says how a tie was decided: for good, or as a proposal where two are needed. */
  decideTieElsewhere(key: string, winners: readonly string[], how: string): void;
  /** Another officer looks at the same elections from now on. */
  signInAs(login: string): void;
  /** Somebody asks for an exception. */
  addRequest(key: string, login: string): void;
  /** Ballots arrive: the total, from three on. */
  setCast(key: string, cast: number): void;
  calls(): readonly string[];
}

export function createFakeBackend(
  elections: readonly FakeElection[],
  login: string | null = 'edda-lind',
  recordProblem: Overview['recordProblem'] = null,
  problems: Overview['problems'] = elections.length === 0 ? [] : PROBLEMS,
  held: Overview['held'] = [],
): { backend: Backend; controls: FakeControls } {
  let offline = false;
  let user = login;
  let overtaken = (): void => undefined;
  const listeners = new Set<LiveListener>();
  const calls: string[] = [];
  const emit = (change: Change): void => listeners.forEach((listener) => listener.onChange(change));
  const find = (key: string): FakeElection => {
    const found = elections.find(({ overview }) => overview.key === key);
    if (!found) throw new Refused('unknown-election', 'There is no election with this key.');
    return found;
  };
  const recount = (election: FakeElection): void => {
    const amount = (wanted: string): number =>
      election.requests.filter(({ status }) => status === wanted).length;
    const ended = election.overview.phase === 'ended';
    const due = election.requests.filter(({ status, proposal }) =>
      proposal === null ? status === 'open' : !proposal.own,
    ).length;
    election.overview = {
      ...election.overview,
      requestsDue: ended ? 0 : due,
      toAdd: ended ? 0 : amount('approved'),
    };
  };
  const reach = async (name: string): Promise<void> => {
    calls.push(name);
    await Promise.resolve();
    if (offline) throw new Unreachable('fetch failed');
    if (user === null && name !== 'me') throw new Refused('not-signed-in', 'Sign in first.');
  };
  const resultOf = (key: string) => {
    const { result, overview } = find(key);
    if (overview.phase !== 'ended') throw new Refused('not-ended-yet', 'The election has not ended yet.');
    if (result === null) throw new Refused('not-closed-yet', 'The ballot box is not closed yet.');
    return result;
  };
  const decideAs = (
    election: FakeElection,
    id: string,
    by: string,
    decision: Pick<ExceptionRequest, 'status'> & { note: string },
  ): void => {
    election.requests = election.requests.map((request) =>
      request.id === id
        ? {
            ...request,
            ...decided(request, election.overview.fourEyes, by, decision, by === user),
            version: request.version + 1,
          }
        : request,
    );
    recount(election);
    emit({ kind: 'exceptions', key: election.overview.key });
  };

  const backend: Backend = {
    me: async () => {
      await reach('me');
      return { login: user };
    },
    provider: () => Promise.resolve({ name: 'GitHub', profiles: 'https://github.com' }),
    version: () => Promise.resolve('0.1.0'),
    signOut: async () => {
      await reach('signOut');
      user = null;
    },
    overview: async () => {
      await reach('overview');
      return {
        now: NOW,
        recordProblem,
        elections: elections.map(({ overview }) => overview),
        held,
        problems,
        meta: { url: 'https://github.com/driftwood/meta', host: 'github' as const, commit: 'a'.repeat(40) },
      };
    },
    definition: async (key) => {
      await reach('definition');
      return find(key).definition;
    },
    turnout: async (key) => {
      await reach('turnout');
      return find(key).turnout;
    },
    exceptions: async (key) => {
      await reach('exceptions');
      return find(key).requests;
    },
    decide: async ({ key, id, version, status, note }) => {
      await reach('decide');
      overtaken();
      overtaken = () => undefined;
      const election = find(key);
      const request = election.requests.find((each) => each.id === id);
      if (!request) throw new Refused('unknown-request', 'There is no such request.');
      if (request.version !== version) throw new Refused('conflict', 'Somebody else decided meanwhile.');
      decideAs(election, id, user ?? '', { status, note });
      return election.requests.find((each) => each.id === id) ?? request;
    },
    roll: async (key) => {
      await reach('roll');
      const { definition, overview, requests } = find(key);
      const voters = rollVoters(overview.eligible);
      const logins = new Set(voters.map(({ login: name }) => name));
      return {
        file: `${definition.folder}/voters.yaml`,
        commit: definition.meta.commit,
        voters,
        approved: requests
          .filter(({ status }) => status === 'approved')
          .map(({ login: name, name: person }) => ({
            login: name,
            name: person,
            onRoll: logins.has(name),
          })),
        evidence: overview.eligible > 100 ? evidenceOf(overview.eligible) : null,
        diagnostics: overview.diagnostics.filter(({ file }) => file.endsWith('voters.yaml')),
      };
    },
    close: async (key) => {
      await reach('close');
      const election = find(key);
      if (election.overview.phase !== 'ended')
        throw new Refused('not-ended-yet', 'The election has not ended yet.');
      const pending = { ...election.overview.published, state: 'pending' as const };
      const counted = { state: 'finalised', stage: 'counted', published: pending } as const;
      election.overview = { ...election.overview, ...counted, cast: election.ballots.length };
      setResult(election, finalise(election));
      emit({ kind: 'outcome', key });
    },
    result: async (key) => {
      await reach('result');
      return resultOf(key);
    },
    publicResult: async (key) => {
      await reach('publicResult');
      const election = find(key);
      const { published } = election.overview;
      if (published.state !== 'signed' && published.state !== 'recounted') return published as PublicResult;
      const { outcome, ...file } = finalise(election);
      const heldOn = published.heldOn === null ? null : { server: published.heldOn };
      const signed = published.state === 'signed' || published.unknownKey !== null;
      return {
        ...published,
        outcome,
        recount: outcome,
        file: signed ? file : null,
        heldOn,
      } as unknown as PublicResult;
    },
    ballotsCsv: async (key) => {
      await reach('ballotsCsv');
      resultOf(key);
      return ballotsCsvOf(find(key));
    },
    resultsJson: async (key) => {
      await reach('resultsJson');
      return `${JSON.stringify({ root: resultOf(key).root }, null, 2)}\n`;
    },
    resultsDraft: async (key) => {
      await reach('resultsDraft');
      const { overview, definition } = find(key);
      const { outcome, eligible } = resultOf(key);
      const names = Object.fromEntries(definition.candidates.map(({ id, name }) => [id, name]));
      return toResultsMarkdown({ outcome, election: overview.name, eligible, names });
    },
    // Nothing here is in the custody of officers.
    board: () => ({
      sizes: async () => [],
      file: () => Promise.reject(new Refused('unknown-request', 'There is no such file.')),
      custody: () => Promise.reject(new Refused('unknown-request', 'There is no such file.')),
    }),
    recordTieDecision: async (key, winners, how) => {
      await reach('recordTieDecision');
      const election = find(key);
      const { outcome, tieDecisions } = resultOf(key);
      const { fourEyes, tieProposed } = election.overview;
      const same =
        tieProposed?.own === false &&
        tieProposed.how === how &&
        tieProposed.winners.join() === winners.join();
      if (fourEyes && !same) {
        const proposed = { by: user ?? '', own: true, winners: [...winners], how };
        election.overview = { ...election.overview, tieProposed: proposed };
        emit({ kind: 'outcome', key });
        return 'proposed';
      }
      if (outcome.seats.openTies.length === 0) throw new Refused('no-tie', 'There is no tie.');
      const decision = { winners: [...winners], how, by: user ?? '', at: NOW };
      setResult(election, finalise(election, [...tieDecisions, decision]));
      election.overview = { ...election.overview, tieProposed: null };
      emit({ kind: 'outcome', key });
      return 'decided';
    },
    published: async (key) => {
      await reach('published');
      const election = find(key);
      election.result = { ...resultOf(key), state: 'published', publishedAt: NOW };
      election.overview = { ...election.overview, state: 'published', stage: 'published' };
      emit({ kind: 'outcome', key });
    },
    restart: async (key, step) => {
      await reach(`restart ${step}`);
      const election = find(key);
      const { restartAsked: before } = election.overview;
      const restartAsked = step === 'ask' ? (before ?? { by: user ?? '', at: NOW }) : null;
      election.overview = { ...election.overview, restartAsked };
      emit({ kind: 'elections', key });
    },
    strike: async (key, id, strike) => {
      await reach(`strike ${id} ${strike}`);
      const election = find(key);
      const withdrawals = election.overview.withdrawals.map((each) =>
        each.id === id ? { ...each, struck: strike } : each,
      );
      election.overview = { ...election.overview, withdrawals };
      emit({ kind: 'elections', key });
    },
    audit: async (key) => {
      await reach('audit');
      const { overview } = find(key);
      if (overview.state === null && overview.phase === 'upcoming' && overview.candidates === 0) return [];
      if (overview.candidates >= 100) return manyEvents(overview.opensAt);
      return [
        {
          seq: 1,
          at: overview.opensAt,
          actor: 'server',
          action: 'opened',
          detail: 'Manifest 3f3f3f pinned at aaaaaaa.',
          hash: 'aa'.repeat(32),
        },
        {
          seq: 2,
          at: overview.opensAt + 3_600_000,
          actor: 'rui-tavares',
          action: 'exception-approved',
          detail: 'contributor-5',
          hash: 'bb'.repeat(32),
        },
      ];
    },
    rehearse: async (key, ballots, seed) => {
      await reach('rehearse');
      const election = find(key);
      const { candidates } = election.definition;
      const made = makeBallots(ballots, candidates.length, seed);
      election.overview = { ...election.overview, rehearsed: { at: NOW, by: user ?? '', changed: false } };
      const result = finalise({ ...election, ballots: made });
      const ballotsCsv = formatBallotsCsv({ candidates: candidates.map(({ id }) => id), ballots: made });
      const name = `Rehearsal: ${result.manifest.name}`;
      return {
        ...result,
        manifest: { ...result.manifest, name, sourceCommit: 'rehearsal' },
        eligible: ballots,
        rehearsal: true,
        ballotsCsv,
        resultsJson: '{}',
        resultsDraft: `# ${name}: results\n`,
        checks: [
          { name: 'signature', ok: true, code: 'signed-demanded', facts: { key: result.publicKey } },
          { name: 'recount', ok: true, code: 'same-outcome', facts: { elected: ['Ada'] } },
        ],
      };
    },
    live: (listener) => {
      listeners.add(listener);
      listener.onStatus(offline ? 'offline' : 'live');
      return () => void listeners.delete(listener);
    },
  };

  const controls: FakeControls = {
    offline: (on) => {
      offline = on;
      listeners.forEach((listener) => listener.onStatus(on ? 'offline' : 'live'));
      emit({ kind: 'elections', key: null });
    },
    decideElsewhere: (key, id, status = 'declined') =>
      decideAs(find(key), id, 'rui-tavares', { status, note: 'Not this year.' }),
    overtake: (key, id) => {
      overtaken = () => controls.decideElsewhere(key, id);
    },
    askRestartElsewhere: (key) => {
      const election = find(key);
      election.overview = { ...election.overview, restartAsked: { by: 'rui-tavares', at: NOW } };
      emit({ kind: 'elections', key });
    },
    decideTieElsewhere: (key, winners, how) => {
      const election = find(key);
      const said = { by: 'rui-tavares', winners: [...winners], how };
      if (election.overview.fourEyes)
        election.overview = { ...election.overview, tieProposed: { ...said, own: false } };
      else setResult(election, finalise(election, [...resultOf(key).tieDecisions, { ...said, at: NOW }]));
      emit({ kind: 'outcome', key });
    },
    signInAs: (officer) => {
      user = officer;
      for (const election of elections) {
        const { tieProposed } = election.overview;
        election.requests = election.requests.map((request) => ({
          ...request,
          proposal: request.proposal && { ...request.proposal, own: request.proposal.by === officer },
        }));
        election.overview = {
          ...election.overview,
          tieProposed: tieProposed && { ...tieProposed, own: tieProposed.by === officer },
        };
        recount(election);
        emit({ kind: 'exceptions', key: election.overview.key });
      }
      emit({ kind: 'elections', key: null });
    },
    addRequest: (key, name) => {
      const election = find(key);
      const first = election.requests[0];
      if (!first) return;
      election.requests = [
        ...election.requests,
        {
          ...first,
          id: `request-${name}`,
          login: name,
          status: 'open',
          version: 1,
          history: [],
          requestedAt: NOW,
        },
      ];
      recount(election);
      emit({ kind: 'exceptions', key });
    },
    setCast: (key, cast) => {
      const election = find(key);
      const { buckets } = election.turnout;
      election.turnout = { ...election.turnout, cast, buckets: [...buckets, { at: NOW, cast }], asOf: NOW };
      election.overview = { ...election.overview, cast };
      emit({ kind: 'turnout', key });
    },
    calls: () => calls,
  };
  return { backend, controls };
}

const manyEvents = (opensAt: number) =>
  Array.from({ length: 2000 }, (_, index) => ({
    seq: index + 1,
    at: opensAt + index * 60_000,
    actor: index === 0 ? 'server' : 'rui-tavares',
    action: index === 0 ? 'opened' : 'exception-decided',
    detail: index === 0 ? 'Manifest 3f3f3f pinned at aaaaaaa.' : `contributor-${index}: approved`,
    hash: (index % 256).toString(16).padStart(2, '0').repeat(32),
  }));

/** As the server decides: at once, or where two officers are needed as the second says the same. */
function decided(
  { status, history, proposal }: ExceptionRequest,
  fourEyes: boolean,
  by: string,
  decision: Pick<ExceptionRequest, 'status'> & { readonly note: string },
  own: boolean,
): Pick<ExceptionRequest, 'status' | 'history' | 'proposal'> {
  const step = { at: NOW, from: 'officer', by, note: decision.note } as const;
  const grave = decision.status === 'approved' || decision.status === 'declined' ? decision.status : null;
  if (!fourEyes || grave === null || (proposal?.decision === grave && proposal.by !== by)) {
    const proposedBy = proposal === null || grave === null ? {} : { proposedBy: proposal.by };
    return {
      status: decision.status,
      history: [...history, { ...step, status: decision.status, ...proposedBy }],
      proposal: null,
    };
  }
  return {
    status,
    history: [...history, { ...step, status, proposes: grave }],
    proposal: { by, decision: grave, own },
  };
}
