/** Modules that the build makes: compiled catalogues and worker addresses. */
declare module "*?worker&url" {
  const url: string;
  export default url;
}
