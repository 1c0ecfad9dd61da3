/** A setup file of vitest.config.ts. */
import { nativeX25519 } from './native-x25519.ts';

nativeX25519();
