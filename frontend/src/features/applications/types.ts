/** Shapes of drafts and applications as the backend sends them; the truth is schema.d.ts. */
import type { components } from "../../api/schema";
import type { Answers } from "./engine/form";

type Schemas = components["schemas"];

export type Attachment = Schemas["Attachment"];
export type Prefilled = Schemas["Prefilled"];
export type PageState = Schemas["PageState"]["state"];
export type Check = Schemas["Check"];
export type Visit = Schemas["Visit"];
export type Fee = Schemas["ApplicationFee"];
export type Power = Schemas["Power"];
export type TimelineEntry = Schemas["Timeline"];
export type Status = Schemas["Status"];
export type OpenStatus = Schemas["OpenStatus"];
export type OpenedLink = Schemas["OpenedLink"];
export type Request = Schemas["RequestView"];
export type Message = Schemas["MessageView"];
export type Letter = Schemas["LetterView"];
export type Payment = Schemas["Payment"];
export type PaymentState = Payment["state"];
export type PayWay = NonNullable<Schemas["PaymentRequest"]["way"]>;
export type Receipt = Schemas["Receipt"];
export type Verified = Schemas["Verified"];

/** Answers are JSON of any shape to the API; here they are what the form makes of them. */
export type DraftLine = Schemas["DraftLine"];
export type Draft = Omit<Schemas["Draft"], "answers"> & { answers: Answers };
export type Application = Omit<Schemas["Application"], "answers"> & { answers: Answers };

/** What an upload begins with; the address takes the pieces. */
export type StartedUpload = Schemas["Announced"];
