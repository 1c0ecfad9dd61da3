/** A page of ours as a document. The browser parses it without running anything of it, and no text becomes HTML here. */
function fetchDocument(url: URL): Promise<Document> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('GET', url);
    request.responseType = 'document';
    request.onload = () =>
      request.status === 200 && request.responseXML
        ? resolve(request.responseXML)
        : reject(new Error(`the profile answers ${request.status}`));
    request.onerror = () => reject(new Error('the profile cannot be fetched'));
    request.send();
  });
}

/**
 * The article of a candidate's page, to be put into this one. Addresses in it are made whole and open in a tab
 * of their own.
 *
 * @throws when the page cannot be fetched or holds no article.
 */
export async function readProfile(address: string): Promise<HTMLElement> {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) throw new Error('profiles come from this site');
  const parsed = await fetchDocument(url);
  const article = parsed.querySelector<HTMLElement>('main article.candidate');
  if (!article) throw new Error('the page holds no profile');
  for (const part of article.querySelectorAll('.crumb, .after, script, style')) part.remove();
  for (const link of article.querySelectorAll('a')) {
    link.href = new URL(link.getAttribute('href') ?? '', url).href;
    link.target = '_blank';
    link.rel = 'noopener';
  }
  return document.adoptNode(article);
}
