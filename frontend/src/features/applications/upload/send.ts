/** Sends a file in pieces (tus 1.0) and goes on after a broken line; a chunk of its own, loaded with the first file. */
import { Upload } from "tus-js-client";
import type { StartedUpload } from "../types";

const PAUSES = [0, 1_000, 3_000, 8_000, 15_000];

/** Resolves when the server has the last piece; `onProgress` gets whole per cents. Aborting keeps nothing here. */
export function sendPieces(
  file: File,
  started: StartedUpload,
  onProgress: (percent: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((done, failed) => {
    const upload = new Upload(file, {
      uploadUrl: started.upload_url,
      chunkSize: started.chunk_bytes,
      retryDelays: PAUSES,
      headers: { "X-Amtsweg": "1" },
      // Where it stands is known to the server; the browser keeps no list of files.
      storeFingerprintForResuming: false,
      onProgress: (sent, total) => onProgress(total ? Math.floor((sent / total) * 100) : 100),
      onSuccess: () => done(),
      onError: failed,
    });
    signal.addEventListener("abort", () => void upload.abort());
    upload.start();
  });
}
