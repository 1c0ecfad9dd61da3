/** Packages for Linux, macOS and Windows. The fuses switch off what an installed app must not be able to do. */
import type { Configuration } from 'electron-builder';

const config: Configuration = {
  appId: 'io.elekto.console',
  productName: 'Elekto Console',

  artifactName: 'elekto-console-${version}-${os}-${arch}.${ext}',
  directories: { output: 'dist/packages', buildResources: 'resources' },
  // Everything is bundled into out/: the app carries no node_modules.
  files: ['out/**', 'package.json', '!node_modules/**'],
  protocols: [{ name: 'Elekto', schemes: ['elekto'] }],
  asar: true,
  // Nothing of the workspace's packages is then rebuilt, nor looked through for what the app might need.
  beforeBuild: () => Promise.resolve(false),
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  linux: {
    executableName: 'elekto-console',
    target: ['AppImage', 'deb'],
    category: 'Office',
    maintainer: 'Elekto maintainers',
    synopsis: 'Run elections of open-source organisations',
  },
  mac: {
    target: ['dmg'],
    category: 'public.app-category.productivity',
    hardenedRuntime: true,
    gatekeeperAssess: false,
  },
  win: { target: ['nsis'] },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
};

export default config;
