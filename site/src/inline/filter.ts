/** The search field of the list of elections; hidden until this runs. Emptied sections are hidden by the style sheet. */
/** Without case and accents: "kovac" finds "Kovač". */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const form = document.querySelector<HTMLFormElement>('#filter')!;
form.hidden = false;
form.oninput = () => {
  const wanted = new FormData(form);
  const phase = wanted.get('phase');
  const words = plain(wanted.get('q') as string).split(/\s+/);
  document.querySelectorAll<HTMLElement>('[data-find]').forEach((item) => {
    item.hidden =
      !words.every((w) => plain(item.dataset.find!).includes(w)) || (!!phase && item.dataset.phase !== phase);
  });
};
form.onsubmit = () => false;
