/** The window's only way out: named methods, no channel names, no Electron objects. */
import { contextBridge, ipcRenderer } from 'electron';
import type { ConsoleBridge } from '../shared/bridge.ts';
import { CHANNELS as C } from '../shared/channels.ts';

const ask =
  (channel: string) =>
  (...input: unknown[]) =>
    ipcRenderer.invoke(channel, ...input);
const listen = (channel: string) => (listener: (value: never) => void) => {
  const forward = (_event: unknown, value: unknown): void => listener(value as never);
  ipcRenderer.on(channel, forward);
  return () => void ipcRenderer.removeListener(channel, forward);
};

const bridge: ConsoleBridge = {
  query: ask(C.query),
  mutate: ask(C.mutate),
  watch: ask(C.watch),
  onLive: listen(C.onLive),
  accountsState: ask(C.accountsState),
  addServer: ask(C.addServer),
  removeServer: ask(C.removeServer),
  chooseServer: ask(C.chooseServer),
  signIn: ask(C.signIn),
  cancelSignIn: ask(C.cancelSignIn),
  signOut: ask(C.signOut),
  saveFile: ask(C.saveFile),
  savePdf: ask(C.savePdf),
  openExternal: ask(C.openExternal),
  copyText: ask(C.copyText),
  about: ask(C.about),
  getTheme: ask(C.getTheme),
  setTheme: ask(C.setTheme),
  checkAccounts: ask(C.checkAccounts),
  fetchRoll: ask(C.fetchRoll),
  keysState: ask(C.keysState),
  beginKey: ask(C.beginKey),
  proveKey: ask(C.proveKey),
  recoverKey: ask(C.recoverKey),
  ceremonies: ask(C.ceremonies),
  takePart: ask(C.takePart),
  sayReady: ask(C.sayReady),
  beginCeremony: ask(C.beginCeremony),
  lookAtCount: ask(C.lookAtCount),
  actInCount: ask(C.actInCount),
  takeBackVoid: ask(C.takeBackVoid),
  decideTie: ask(C.decideTie),
  lookAtVoids: ask(C.lookAtVoids),
  signVoid: ask(C.signVoid),
  sayAlive: ask(C.sayAlive),
  chooseRepository: ask(C.chooseRepository),
  onEffort: listen(C.onEffort),
  chooseRollFolder: ask(C.chooseRollFolder),
  buildRoll: ask(C.buildRoll),
  stopRoll: ask(C.stopRoll),
  writeRoll: ask(C.writeRoll),
  forgetRollToken: ask(C.forgetRollToken),
  onRollProgress: listen(C.onRollProgress),
  openWindow: ask(C.openWindow),
  onCommand: listen(C.onCommand),
};
contextBridge.exposeInMainWorld('elekto', bridge);
