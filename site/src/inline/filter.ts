/** The search field of the list of elections; hidden until this runs. */
const form = document.querySelector<HTMLFormElement>('#filter')!;
const run = () => {
  const words = new FormData(form).get('q')!.toString().toLowerCase().split(/\s+/);
  const phase = new FormData(form).get('phase');
  let any = false;
  for (const item of document.querySelectorAll<HTMLElement>('[data-find]')) {
    const shown =
      words.every((w) => item.dataset.find!.includes(w)) && (!phase || item.dataset.phase === phase);
    item.hidden = !shown;
    any ||= shown;
  }
  for (const section of document.querySelectorAll<HTMLElement>('.list'))
    section.hidden = !section.querySelector('[data-find]:not([hidden])');
  document.querySelector<HTMLElement>('#none')!.hidden = any;
};
form.hidden = false;
form.oninput = run;
form.onsubmit = (event) => event.preventDefault();
