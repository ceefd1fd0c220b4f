/** The mark of the newest entry of the changelog, filled in when the console is built. */
declare const NEWEST_ENTRY: string;
/** Entries of the changelog, made when the console is built. */
declare module '*CHANGELOG.md?help' {
  const entries: { mark: string; html: string }[];
  export default entries;
}

/** The same in Chinese, each with the mark of the entry that it tells. */
declare module '*CHANGELOG.zh-CN.md?help' {
  const entries: { mark: string; html: string }[];
  export default entries;
}
