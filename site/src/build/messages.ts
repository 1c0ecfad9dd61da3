/** What the renderer's process and its parent tell each other. */

export interface ToRenderer {
  readonly dataFile: string;
  readonly outDir: string;
  readonly before: string | null;
  readonly indexed: boolean;
}

export type FromRenderer =
  | { readonly kind: 'making'; readonly file: string; readonly made: number; readonly of: number }
  | {
      readonly kind: 'made';
      readonly pages: number;
      readonly made: number;
      readonly milliseconds: number;
    }
  | { readonly kind: 'failed'; readonly said: string };
