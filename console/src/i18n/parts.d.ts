/** A part of a message file, which the build cuts out of it. */
declare module '*.json?first' {
  const messages: object;
  export default messages;
}

declare module '*.json?rest' {
  const messages: object;
  export default messages;
}
