import { shell } from 'electron';

/** Opens an https page in the system's browser. Rejects anything else: file:, smb:, javascript:, plain http. */
export async function openExternal(url: string): Promise<void> {
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:')
    throw new Error('Only https pages are opened.');
  await shell.openExternal(new URL(url).href);
}

/** The sign-in page of a server whose origin has been checked: https, or plain http on this machine. */
export async function openSignIn(url: string): Promise<void> {
  await shell.openExternal(url);
}
