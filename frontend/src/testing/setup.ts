/** Ground of the unit tests: no page and no words left over from the test before. */
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);
