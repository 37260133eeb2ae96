/** Kinds of files that a slot may take. */
export const FORMATS = ["pdf", "jpeg", "png", "heic"] as const;
export type Format = (typeof FORMATS)[number];

/** What the browser offers to choose; phones offer the camera for pictures. The server looks into the file itself. */
export const ACCEPT: Record<Format, string> = {
  pdf: "application/pdf,.pdf",
  jpeg: "image/jpeg,.jpg,.jpeg",
  png: "image/png,.png",
  heic: "image/heic,image/heif,.heic,.heif",
};

/** Largest file in megabytes; the server names the exact limit when it is passed. */
export const MOST_MEGABYTES = 20;
