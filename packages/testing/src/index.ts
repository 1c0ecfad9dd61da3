export { bareEnvironment } from './bare-environment.ts';
export { createPostgres, freshPostgres } from './postgres.ts';
export type { FreshPostgres, PostgresCluster } from './postgres.ts';
export { fakeClock, type FakeClock } from './fake-clock.ts';
export {
  DEMO_CLIENT,
  startFakeGitHub,
  type FakeGitHub,
  type FakeGitHubOptions,
  type FakeGitHubPerson,
} from './fake-github.ts';
export { openTcpLine, type TcpLine } from './tcp-line.ts';
export { openLine, type TroubledLine } from './troubled-line.ts';
export { startGitServer, type GitRepository, type GitServer } from './git-server.ts';
export { CHROMIUM_ARGS, findChromium, launchChromium } from './chromium.ts';
export { KEEPS_PICTURES, keepPicture } from './pictures.ts';
export { axeProblems, COLOUR_RULES } from './axe.ts';
