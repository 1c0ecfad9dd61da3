/**
 * zod tries out `new Function` before it makes its validators; the page's policy refuses that, and browsers
 * report the refusal. Told beforehand, zod does not try.
 */
Object.assign(((globalThis as { __zod_globalConfig?: object }).__zod_globalConfig ??= {}), { jitless: true });
