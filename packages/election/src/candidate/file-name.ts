/** What a file's name says about whether it is a candidate file. */
export interface CandidateFileName {
  readonly kind: 'candidate' | 'template' | 'perhaps' | 'other';
  /** The part between `candidate-` and `.md`; empty when there is none. */
  readonly stem: string;
}

const TEMPLATES =
  /^(?:template|templates|guide|example|sample|yourname|your-name|githubid|github-id|id|readme)$/i;

/**
 * `candidate-<ID>.md` is a candidate file. `candidate-template.md` and the like are templates unless
 * their header says otherwise. Other spellings (`Candidate-x.md`, `candidate-x`, `candidate_x.md`)
 * are candidates when they hold a readable header.
 */
export function candidateFileName(path: string): CandidateFileName {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const exact = /^candidate-(.*)\.md$/.exec(base);
  if (exact) {
    const stem = exact[1] ?? '';
    return { kind: TEMPLATES.test(stem) ? 'template' : 'candidate', stem };
  }
  const near = /^candidates?[-_ ]([^.]*)(?:\.(?:md|markdown|txt|mdx))?$/i.exec(base);
  if (!near) return { kind: 'other', stem: '' };
  const stem = near[1] ?? '';
  return { kind: TEMPLATES.test(stem) ? 'other' : 'perhaps', stem };
}
