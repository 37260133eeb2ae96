/** The worker that solves: PBKDF2 by the browser's own crypto, nothing else. */
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";
import { handler } from "altcha-lib/workers/shared";

handler({ deriveKey });
