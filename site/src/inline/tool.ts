/** Tools are fetched only when they are asked for. */
const start = document.querySelector<HTMLButtonElement>('[data-load]')!;
start.hidden = false;
start.onclick = () => {
  start.disabled = true;
  void import(/* @vite-ignore */ start.dataset.load!);
};
if (location.search) start.click();
