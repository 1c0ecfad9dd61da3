export interface Piece {
  readonly entry: string;
  readonly dir: string;
}
export const PIECES: { readonly server: Piece; readonly command: Piece };
export const PIECE: { readonly program: string; readonly madeOf: string };
export function digestOf(files: readonly string[]): string;
export function pieceOfSources(dir: string): string | null;
export function startedName(source: string): string;
export function startedInPiece(source: string): string | null;
