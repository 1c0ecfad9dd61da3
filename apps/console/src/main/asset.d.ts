/** A file that is copied into the built app; its path there. */
declare module '*?asset' {
  const path: string;
  export default path;
}
