import { expect, test } from "vitest";
import { lookOver, mailFault, withoutFault } from "./fields";
import type { Typed } from "./storage";

const typed: Typed = {
  oneName: false,
  givenName: "Olena",
  familyName: "Đorđević-Müßig",
  email: "olena@example.org",
  mobile: "",
  language: null,
};

const codes = (change: Partial<Typed>) => lookOver({ ...typed, ...change }).map(({ pointer, code }) => [pointer, code]);

test("a complete form has no faults", () => expect(lookOver(typed)).toEqual([]));

test.each(["O’Brien", "D'Angelo", "ǦḪÁ̱n̄", "Nguyễn Thị", "C̱̈", "Smith-Jones", "a/b"])(
  "%s may go to the server, which judges it",
  (familyName) => expect(codes({ familyName })).toEqual([]),
);

test.each(["Олена", "علي", "李", "Ελένη"])("%s gets the hint to write it as in the passport", (givenName) => {
  expect(codes({ givenName })).toEqual([["/person/given_name", "name_script"]]);
});

test("one name is enough", () => {
  expect(codes({ oneName: true, givenName: "", familyName: "Sukarno" })).toEqual([]);
  expect(codes({ oneName: true, givenName: "", familyName: " " })).toEqual([["/person/family_name", "required"]]);
});

test("faults come in the order of the fields", () => {
  expect(codes({ givenName: "", familyName: "", email: "" })).toEqual([
    ["/person/given_name", "required"],
    ["/person/family_name", "required"],
    ["/contact/email", "required"],
  ]);
});

test.each(["a", "a@b", "a b@c.de", "@c.de"])("%s is no mail address", (email) => {
  expect(mailFault(email)?.code).toBe("email_invalid");
});

test("a cured field drops only its own fault", () => {
  const faults = lookOver({ ...typed, givenName: "", email: "" });
  expect(withoutFault(faults, "/person/given_name").map(({ pointer }) => pointer)).toEqual(["/contact/email"]);
});
