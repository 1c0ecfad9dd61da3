/** Tools are fetched only when they are asked for. */
const start = document.querySelector<HTMLButtonElement>('[data-load]')!;
start.hidden = false;
start.onclick = ({ isTrusted }) => {
  start.disabled = true;
  // Pressed by somebody, and not by the address: mount.tsx gives the tool the focus then.
  if (isTrusted) start.dataset.pressed = '';
  void import(/* @vite-ignore */ start.dataset.load!);
};
if (location.search) start.click();
