/** Modules that the build makes: compiled catalogues and worker addresses. */
declare module "*?worker&url" {
  const url: string;
  export default url;
}

declare module "*?part=common" {
  export const messages: Record<string, string>;
}

declare module "*?part=account" {
  export const messages: Record<string, string>;
}

declare module "*?part=staff" {
  export const messages: Record<string, string>;
}

declare module "*?part=applications" {
  export const messages: Record<string, string>;
}
