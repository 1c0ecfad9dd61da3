/**
 * What Electron's security checklist and Electronegativity look for, as far as it can be read off the source of the console:
 * windows are made in one place with every safe preference said, what reaches out of a window has one home, and what
 * weakens it has none.
 */

/** Each has to stand there so, whatever Electron's default is today. */
const PREFERENCES = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  disableBlinkFeatures: 'Auxclick',
};

/** What of electron is imported where, and nowhere else; what is not named here may be by all of main. */
const IMPORTS = {
  shell: ['main/external.ts'],
  ipcMain: ['main/ipc/handle.ts'],
  protocol: ['main/app-protocol.ts'],
  session: ['main/security.ts'],
  safeStorage: ['main/token-store.ts', 'main/keys/vault.ts'],
  contextBridge: ['preload/index.ts'],
  ipcRenderer: ['preload/index.ts'],
  BrowserView: [],
  WebContentsView: [],
  desktopCapturer: [],
  remote: [],
  webFrame: [],
  utilityProcess: [],
};

/** Methods and where they are called. */
const METHODS = {
  loadURL: ['main/window.ts'],
  loadFile: [],
  setWindowOpenHandler: ['main/security.ts'],
  setPermissionRequestHandler: ['main/security.ts'],
  setPermissionCheckHandler: ['main/security.ts'],
  registerSchemesAsPrivileged: ['main/app-protocol.ts'],
  setAsDefaultProtocolClient: ['main/app.ts'],
  exposeInMainWorld: ['preload/index.ts'],
  executeJavaScript: [],
  executeJavaScriptInIsolatedWorld: [],
  insertCSS: [],
  openDevTools: [],
  openPath: [],
  showItemInFolder: [],
  appendSwitch: [],
  setCertificateVerifyProc: [],
  setProxy: [],
  registerFileProtocol: [],
  interceptHttpProtocol: [],
  addChildProcess: [],
};

/** Events whose listeners can let through what is stopped. */
const EVENTS = new Set(['certificate-error', 'select-client-certificate', 'login']);

/** Modules that start other programs. */
const PROGRAMS = /^(node:)?(child_process|cluster|repl|vm)$/;

const isIn = (file, places) => places.some((place) => file.endsWith(`/src/${place}`));

export const electronPitfalls = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      place: '{{name}} belongs to {{places}}: what reaches out of a window has one home.',
      never: '{{name}} weakens the window: the console does without it.',
      preference: 'A window says {{name}}: {{value}} itself.',
      window: 'Windows are made in main/window.ts, with webPreferences written out there.',
    },
  },
  create(context) {
    const file = context.filename.replaceAll('\\', '/');
    const keep = (node, name, places) => {
      if (isIn(file, places)) return;
      context.report(
        places.length === 0
          ? { node, messageId: 'never', data: { name } }
          : { node, messageId: 'place', data: { name, places: places.join(', ') } },
      );
    };
    return {
      ImportDeclaration({ source, specifiers }) {
        if (PROGRAMS.test(source.value)) keep(source, source.value, []);
        if (source.value !== 'electron') return;
        for (const each of specifiers) {
          if (each.importKind === 'type') continue;
          if (each.type !== 'ImportSpecifier') keep(each, 'All of electron at once', []);
          else if (Object.hasOwn(IMPORTS, each.imported.name))
            keep(each, each.imported.name, IMPORTS[each.imported.name]);
        }
      },
      CallExpression({ callee, arguments: [first], parent }) {
        if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
        const { name } = callee.property;
        if (Object.hasOwn(METHODS, name)) keep(parent, name, METHODS[name]);
        if (['on', 'once', 'addListener'].includes(name) && EVENTS.has(first?.value))
          keep(first, first.value, []);
      },
      NewExpression(node) {
        if (node.callee.name !== 'BrowserWindow') return;
        const preferences = propertyOf(node.arguments[0], 'webPreferences');
        if (!isIn(file, ['main/window.ts']) || preferences?.type !== 'ObjectExpression')
          return context.report({ node, messageId: 'window' });
        for (const [name, value] of Object.entries(PREFERENCES))
          if (propertyOf(preferences, name)?.value !== value)
            context.report({
              node: preferences,
              messageId: 'preference',
              data: { name, value: JSON.stringify(value) },
            });
      },
      'MemberExpression[object.object.name="process"][object.property.name="env"]'({ property }) {
        const name = property.name ?? property.value;
        if (/^(NODE_TLS_REJECT_UNAUTHORIZED|ELECTRON_DISABLE_SECURITY_WARNINGS)$/.test(name))
          keep(property, name, []);
      },
      JSXIdentifier(node) {
        if (node.name === 'webview') keep(node, 'webview', []);
        if (node.name === 'dangerouslySetInnerHTML')
          keep(node, node.name, ['renderer/views/publish/ResultsEditor.tsx']);
      },
    };
  },
};

/** The value of a property that is written out; the last one of its name. */
function propertyOf(object, name) {
  return object?.properties?.findLast(({ key }) => key?.name === name)?.value;
}
