/** How the container and the systemd unit start the server: a small young generation, as most objects die with their request. */
export const NODE_FLAGS: readonly string[] = ['--max-semi-space-size=4'];
