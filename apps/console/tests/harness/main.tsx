/**
 * The whole renderer on the server in memory. `?scenario=` chooses what it holds; `harness.show` begins another one in the
 * same document, with nothing left of the one before: reading and compiling everything anew costs more than most tests.
 */
import { createRoot, type Root } from 'react-dom/client';
import '../../src/renderer/styles/all.css';
import { App } from '../../src/renderer/App.tsx';
import { Unreachable, type Backend } from '../../src/renderer/backend/backend.ts';
import type { Host } from '../../src/renderer/host/host.ts';
import { webTheme } from '../../src/renderer/host/web-theme.ts';
import { createFakeCounts } from './fake-counts.ts';
import { createFakeKeys, KEY_SCENES } from './fake-keys.ts';
import { createFakeBackend, type FakeControls } from './fake-backend.ts';
import {
  bareElections,
  demoElections,
  fourEyesElections,
  largeElections,
  manyElections,
  officersElections,
  HELD,
  PROBLEMS,
  stageElections,
  type FakeElection,
} from './fixtures.ts';

export interface SavedFile {
  readonly name: string;
  readonly text: string;
  readonly bytes: number;
}

export interface Harness extends FakeControls {
  readonly saved: SavedFile[];
  readonly opened: string[];
  readonly copied: string[];
  /** The other officers of the ceremony do what is next for them. */
  othersAct(): Promise<void>;
  /** What did not answer, or answered with an error, does now as it should. */
  comeBack(): void;
  /** Shows another scenario, as a visit to this address in a browser that knows nothing would; from `?` on. */
  show(address: string): Promise<void>;
}

declare global {
  interface Window {
    harness: Harness;
  }
}

const SCENARIOS: Readonly<Record<string, () => FakeElection[]>> = {
  large: largeElections,
  many: manyElections,
  empty: () => [],
  unread: () => [],
  held: () => [],
  bare: bareElections,
  stages: stageElections,
  'four-eyes': fourEyesElections,
  officers: officersElections,
};
/** What the server answers in each state of a page. */
const ANSWERS: Readonly<Record<string, () => Promise<never>>> = {
  loading: () => new Promise(() => undefined),
  failing: () => Promise.reject(new Error('an error inside of the server')),
  offline: () => Promise.reject(new Unreachable('fetch failed')),
};
const ASKED: Readonly<Record<string, readonly (keyof Backend)[]>> = {
  home: ['overview'],
  me: ['me'],
  rehearse: ['rehearse'],
  keys: [],
  page: ['definition', 'turnout', 'exceptions', 'roll', 'result', 'publicResult', 'resultsDraft', 'audit'],
};

/** The host of a scenario, which `window.harness` holds from then on. */
async function stage(query: URLSearchParams): Promise<Host> {
  const scenario = query.get('scenario') ?? 'demo';
  const elections = (SCENARIOS[scenario] ?? demoElections)();
  const { backend, controls } = createFakeBackend(
    elections,
    scenario === 'signed-out' ? null : 'edda-lind',
    scenario === 'stages' ? { kind: 'record-altered', seq: 41 } : null,
    scenario === 'unread' ? PROBLEMS : undefined,
    scenario === 'held' ? HELD : [],
  );
  const [state = '', where = 'page'] = scenario.split('-');
  const answer = ANSWERS[state];
  let isBack = false;
  if (answer !== undefined && (state !== 'offline' || where !== 'page'))
    for (const name of ASKED[where] ?? []) {
      const real = backend[name] as (...input: unknown[]) => unknown;
      Object.assign(backend, { [name]: (...input: unknown[]) => (isBack ? real(...input) : answer()) });
    }
  if (state === 'offline') {
    // The server goes away once the list was there, or was never there: what is live knows it as well.
    if (where === 'home') backend.live = (listener) => (listener.onStatus('offline'), () => undefined);
    const { overview } = backend;
    if (where === 'page' || where === 'keys')
      backend.overview = async () => {
        const told = await overview();
        setTimeout(() => controls.offline(true));
        return told;
      };
  }
  if (scenario === 'crash') backend.turnout = () => Promise.resolve({} as never);
  const harness: Harness = {
    ...controls,
    saved: [],
    opened: [],
    copied: [],
    othersAct: async () => fakeKeys?.othersAct(),
    comeBack: () => void (isBack = true),
    show,
  };
  window.harness = harness;

  const scene = KEY_SCENES.find((known) => known === query.get('keys'));
  const fakeKeys = scene === undefined ? null : await createFakeKeys(scene);
  if (where === 'keys' && answer !== undefined && fakeKeys !== null)
    Object.assign(fakeKeys.keys, { state: answer, ceremonies: answer });

  return {
    kind: 'web',
    backend,
    accounts: null,
    github: null,
    keys: fakeKeys?.keys ?? null,
    rolls: null,
    counts: createFakeCounts(query.get('count')),
    windows: null,
    theme: webTheme,
    saveFile: async (name, content) => {
      const text = typeof content === 'string' ? content : '';
      harness.saved.push({ name, text, bytes: content.length });
      return 'saved';
    },
    savePdf: async () => {
      // Long enough for a picture of the page as it is printed.
      await new Promise((resolve) => setTimeout(resolve, 500));
      return 'saved';
    },
    openExternal: async (url) => void harness.opened.push(url),
    copyText: async (text) => void harness.copied.push(text),
    site: async () => 'https://vote.driftwood.example',
    about: async () => ({ host: 'harness' }),
    onCommand: () => () => undefined,
  };
}

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no #root.');
let root: Root | null = null;

async function show(address: string): Promise<void> {
  root?.unmount();
  if (root !== null) forget();
  window.history.replaceState(null, '', address);
  const host = await stage(new URLSearchParams(window.location.search));
  root = createRoot(place as HTMLElement);
  root.render(<App host={host} />);
}

/** What a browser that comes for the first time does not have. */
function forget(): void {
  localStorage.clear();
  sessionStorage.clear();
  for (const name of Object.keys(document.documentElement.dataset))
    delete document.documentElement.dataset[name];
  // What was said last to who hears the page stands outside of it for seconds, and may name what is gone.
  for (const log of document.querySelectorAll('[data-live-announcer] > *')) log.replaceChildren();
  window.scrollTo(0, 0);
}

await show(window.location.href);
