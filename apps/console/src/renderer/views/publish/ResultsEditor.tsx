import { useDeferredValue, useMemo } from 'react';
import { Label, TextArea, TextField } from 'react-aria-components';
import { markdownHtml } from '../../lib/trusted-html.ts';
import { Button } from '../../parts/Button.tsx';
import { Panel } from '../../parts/Panel.tsx';

interface Props {
  readonly markdown: string;
  readonly changed: boolean;
  readonly onChange: (markdown: string) => void;
  readonly onReset: () => void;
}

/** The text beside what the site will make of it. */
export function ResultsEditor({ markdown, changed, onChange, onReset }: Props) {
  const shown = useDeferredValue(markdown);
  // No raw HTML, script or foreign address comes through; the site shows the same.
  const html = useMemo(() => markdownHtml(shown), [shown]);
  return (
    <Panel
      title="results.md"
      actions={
        <Button isDisabled={!changed} onPress={onReset}>
          Back to the draft
        </Button>
      }
    >
      <div className="editor">
        <TextField className="field editor-source" value={markdown} onChange={onChange}>
          <Label>Markdown</Label>
          <TextArea spellCheck="true" rows={22} />
        </TextField>
        <div className="editor-preview">
          <p className="label">Preview</p>
          <div
            className="prose"
            role="region"
            aria-label="Preview"
            tabIndex={0}
            dangerouslySetInnerHTML={html}
          />
        </div>
      </div>
    </Panel>
  );
}
