/** A headed block of text: paragraphs, or points of a list. */
import { useId, type ReactNode } from "react";

interface Props {
  title: string;
  children?: ReactNode;
  points?: readonly string[];
}

export function Block({ title, children, points = [] }: Props): ReactNode {
  const id = useId();
  return (
    <section className="section flow prose" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
      {points.length > 0 && (
        <ul>
          {points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
