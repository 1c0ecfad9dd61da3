interface Props {
  readonly id: string;
  readonly label: string;
  /** Of the label and the hint, where they are the repository's. */
  readonly contentLang?: string | undefined;
  readonly hint: string | null;
  readonly value: string;
  /** Most characters. */
  readonly most: number;
  /** Lines of a text that may have several; one when left out. */
  readonly rows?: number;
  readonly wrong: string | null;
  readonly autoComplete?: string;
  readonly onChange: (value: string) => void;
}

/** A field of the form with its hint and what is wrong with it. */
export function Field({
  id,
  label,
  contentLang,
  hint,
  value,
  most,
  rows,
  wrong,
  autoComplete,
  onChange,
}: Props) {
  const described = [hint !== null && `${id}-hint`, wrong !== null && `${id}-wrong`]
    .filter(Boolean)
    .join(' ');
  const common = {
    id,
    value,
    maxLength: most,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
    ...(described ? { 'aria-describedby': described } : {}),
    ...(wrong === null ? {} : { 'aria-invalid': true }),
  };
  return (
    <div className="field">
      <label htmlFor={id} lang={contentLang}>
        {label}
      </label>
      {hint !== null && (
        <span className="hint" id={`${id}-hint`} lang={contentLang}>
          {hint}
        </span>
      )}
      {rows === undefined ? (
        <input type="text" autoComplete={autoComplete ?? 'off'} spellCheck="false" {...common} />
      ) : (
        <textarea rows={rows} {...common} />
      )}
      {wrong !== null && (
        <span className="wrong" id={`${id}-wrong`} lang="en">
          {wrong}
        </span>
      )}
    </div>
  );
}
