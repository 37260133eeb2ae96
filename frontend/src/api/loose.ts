import { client } from "./client";
type Send = <Data>(path: string, options?: object) => Promise<{ data?: Data; error?: unknown; response: Response }>;
export const loose = client as unknown as Record<"GET" | "POST" | "PUT" | "DELETE", Send>;
