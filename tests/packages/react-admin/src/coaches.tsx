import {
  CreateBase,
  EditBase,
  Form,
  ListBase,
  useDeleteMany,
  useInput,
  useListContext,
  useUpdateMany,
} from "ra-core";
import { Link } from "react-router-dom";
import type { Coach } from "./protocol";

export function CoachList() {
  return (
    <ListBase perPage={5} sort={{ field: "name", order: "ASC" }} disableSyncWithLocation>
      <Rows />
    </ListBase>
  );
}

function Rows() {
  const list = useListContext<Coach>();
  const [deleteMany] = useDeleteMany();
  const [updateMany] = useUpdateMany();
  const { data = [], total, page, filterValues, selectedIds: ids } = list;
  return (
    <>
      <input
        aria-label="Search"
        value={String(filterValues["q"] ?? "")}
        onChange={({ target }) => list.setFilters({ ...filterValues, q: target.value })}
      />
      <button onClick={() => list.setFilters({ ...filterValues, age: { gte: 60 } })}>
        Old ones
      </button>
      <button onClick={() => list.setSort({ field: "age", order: "DESC" })}>By age</button>
      <button onClick={() => list.setPage(page + 1)} disabled={!list.hasNextPage}>
        Next page
      </button>
      <button onClick={() => updateMany("coaches", { ids, data: { age: 77 } })}>Make 77</button>
      <button onClick={() => deleteMany("coaches", { ids })}>Delete chosen</button>
      <Link to="/coaches/create">New</Link>
      <p data-testid="total">{total}</p>
      <ul>
        {data.map(({ id, name, age }) => (
          <li key={id} aria-label={name}>
            <input
              type="checkbox"
              aria-label={`Choose ${name}`}
              checked={ids.includes(id)}
              onChange={() => list.onToggleItem(id)}
            />
            <Link to={`/coaches/${id}`}>{`${name}, ${age}`}</Link>
          </li>
        ))}
      </ul>
    </>
  );
}

export function CoachEdit() {
  return (
    <EditBase mutationMode="pessimistic" redirect="list">
      <CoachForm />
    </EditBase>
  );
}

export function CoachCreate() {
  return (
    <CreateBase redirect="list">
      <CoachForm />
    </CreateBase>
  );
}

function CoachForm() {
  return (
    <Form>
      <TextInput source="name" label="Name" />
      <TextInput source="age" label="Age" parse={Number} />
      <button>Save</button>
    </Form>
  );
}

interface InputProps {
  source: string;
  label: string;
  parse?: (text: string) => unknown;
}

function TextInput({ label, ...props }: InputProps) {
  const { field, fieldState } = useInput(props);
  return (
    <label>
      {label}
      <input {...field} />
      <em>{fieldState.error?.message}</em>
    </label>
  );
}
