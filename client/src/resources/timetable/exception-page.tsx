import { useRecord } from "@spotter/realtime/react";
import { Redirect, useParams } from "wouter";
import { MissingRecord } from "../../ui/record/missing-record";
import { datePath } from "../../ui/shell/navigation";

/** An exception has no page of its own: it is seen on its date. */
export default function ExceptionPage() {
  const id = Number(useParams()["id"]);
  const exception = useRecord("exceptions", id)?.record;
  if (!exception) return <MissingRecord channel="exceptions" id={id} />;
  return <Redirect to={datePath(exception.schedule?.id ?? null, exception.date)} replace />;
}
