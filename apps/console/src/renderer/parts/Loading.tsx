/** Shown while the first answer is on its way; later answers replace what is shown without it. */
export function Loading({ what }: { what: string }) {
  return (
    <p className="loading" role="status">
      Loading {what} ...
    </p>
  );
}
