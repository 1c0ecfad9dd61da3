/** How the container and the systemd unit start the server: garbage is collected sooner than V8 would by itself. */
export const NODE_FLAGS: readonly string[] = ['--max-semi-space-size=4', '--max-old-space-size=384'];
