/**
 * What a process of a test gets of ours when it is to have none of our configuration: where programs are, and where
 * Node keeps what it has compiled, without which each of them compiles the project anew.
 */
export function bareEnvironment(): Record<string, string> {
  const names = ['PATH', 'NODE_COMPILE_CACHE'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
