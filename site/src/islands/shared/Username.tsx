/** Tells a password manager whose passphrase the form's other field holds; nobody sees or reaches it. */
export function Username({ value }: { readonly value: string }) {
  return (
    <input
      className="vh"
      type="text"
      name="username"
      autoComplete="username"
      value={value}
      readOnly
      tabIndex={-1}
      aria-hidden="true"
    />
  );
}
