/** A file name and nothing but: no folder, no hidden file, nothing that Windows reserves. */
export function safeFileName(name: string): string {
  const base = name
    .split(/[\\/]/)
    .at(-1)

    ?.replace(/[\u0000-\u001f<>:"|?*]+/g, '-')
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '')
    .slice(0, 150);
  if (base === undefined || base === '') return 'elekto';
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(base) ? `elekto-${base}` : base;
}
