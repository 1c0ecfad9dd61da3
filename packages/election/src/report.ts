import type { Diagnostic, Severity } from './model.ts';

/** A place in a file, 1-based; line 0 means the whole file. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A safe repair: line `line` of the file as it stands becomes these lines. */
export interface LineEdit {
  readonly line: number;
  readonly lines: readonly string[];
}

export const WHOLE_FILE: Place = { line: 0, column: 0 };

/** More than this from one file helps nobody; the rest is counted. */
const MOST_PER_FILE = 300;

/** The repair of a key that is spelled differently, where it stands plainly at the start of its line. */
export function respellKey(line: number, text: string, key: string, right: string): LineEdit | undefined {
  return text.startsWith(`${key}:`) ? { line, lines: [`${right}${text.slice(key.length)}`] } : undefined;
}

/** Collects what there is to say about one file, and the repairs that are safe. */
export class Report {
  readonly file: string;
  readonly edits: LineEdit[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  #dropped = 0;
  #droppedErrors = 0;

  constructor(file: string) {
    this.file = file;
  }

  get diagnostics(): readonly Diagnostic[] {
    if (this.#dropped === 0) return this.#diagnostics;
    return [
      ...this.#diagnostics,
      {
        code: 'more-problems',
        severity: this.#droppedErrors > 0 ? 'error' : 'warning',
        file: this.file,
        line: 0,
        column: 0,
        message: `${this.#dropped} more problems in this file are not listed.`,
        hint: 'Repair those above and check again.',
      },
    ];
  }

  get hasErrors(): boolean {
    return this.#droppedErrors > 0 || this.#diagnostics.some((d) => d.severity === 'error');
  }

  error(code: string, place: Place, message: string, hint: string, edit?: LineEdit): void {
    this.#add('error', code, place, message, hint, edit);
  }

  warning(code: string, place: Place, message: string, hint: string, edit?: LineEdit): void {
    this.#add('warning', code, place, message, hint, edit);
  }

  info(code: string, place: Place, message: string, hint: string): void {
    this.#add('info', code, place, message, hint);
  }

  /** Takes over what another reader of the same file found. */
  absorb(diagnostics: readonly Diagnostic[], edits: readonly LineEdit[] = []): void {
    this.#diagnostics.push(...diagnostics);
    this.edits.push(...edits);
  }

  /** Takes back a warning whose hint would contradict a better one about the same place. */
  withdraw(code: string, place: Place): void {
    const index = this.#diagnostics.findIndex(
      (d) => d.code === code && d.line === place.line && d.column === place.column,
    );
    if (index >= 0) this.#diagnostics.splice(index, 1);
  }

  #add(severity: Severity, code: string, place: Place, message: string, hint: string, edit?: LineEdit): void {
    if (edit) this.edits.push(edit);
    if (this.#diagnostics.length >= MOST_PER_FILE) {
      this.#dropped += 1;
      if (severity === 'error') this.#droppedErrors += 1;
      return;
    }
    this.#diagnostics.push({
      code,
      severity,
      file: this.file,
      line: place.line,
      column: place.column,
      message,
      hint,
    });
  }
}

/** In the order of the file. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort((a, b) => a.line - b.line || a.column - b.column);
}
