/** The address of the map's worker; see `plugins/mapLibrary.ts`. */
declare module 'virtual:map-worker' {
  const address: string;
  export default address;
}
