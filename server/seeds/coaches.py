"""Who leads the classes."""

from typing import NamedTuple


class Person(NamedTuple):
    """A coach, and the name under which the coach signs in."""

    name: str
    age: int
    username: str


COACHES = (
    Person("Maya Lindqvist", 34, "coach"),
    Person("Tomás Herrera", 41, "tomas.herrera"),
    Person("Aisha Okafor", 29, "aisha.okafor"),
    Person("Jonas Weber", 38, "jonas.weber"),
    Person("Priya Raman", 31, "priya.raman"),
    Person("Daniel Kim", 45, "daniel.kim"),
    Person("Chloé Marchand", 27, "chloe.marchand"),
    Person("Ben Whitaker", 52, "ben.whitaker"),
    Person("Leila Haddad", 36, "leila.haddad"),
    Person("Marcus Bell", 33, "marcus.bell"),
)

# The two lists' lengths have no common divisor: going round both at once, no name comes twice in their product.
# fmt: off
_FIRST = (
    "Adam", "Amina", "Anna", "Boris", "Carla", "Cedric", "Dana", "Diego", "Elena", "Emil",
    "Farah", "Felix", "Grace", "Hana", "Hugo", "Ines", "Ivan", "Jade", "Joel", "Kara",
    "Kofi", "Lena", "Liam", "Lucia", "Malik", "Mina", "Nadia", "Noah", "Olga", "Omar",
    "Paula", "Quinn", "Rosa", "Sami", "Selma", "Theo", "Uma", "Victor", "Wanda", "Yara",
    "Zoe",
)
_LAST = (
    "Abbott", "Adler", "Baker", "Banerjee", "Becker", "Blake", "Castro", "Chen", "Clarke", "Costa",
    "Dietrich", "Duarte", "Ellis", "Evans", "Farouk", "Fischer", "Garcia", "Gupta", "Hansen", "Hughes",
    "Ibrahim", "Ito", "Jansen", "Johnson", "Keller", "Khan", "Larsen", "Lopez", "Martin", "Mensah",
    "Meyer", "Moreno", "Nguyen", "Novak", "Oliveira", "Owens", "Park", "Patel", "Quist", "Ramos",
    "Reid", "Rossi", "Santos", "Schmidt", "Singh", "Tanaka", "Torres", "Ueda", "Vargas", "Vogel",
    "Walker", "Yilmaz", "Zhang",
)
# fmt: on


def coaches(count: int) -> list[Person]:
    """So many coaches: the gym's own, then made-up ones. No username comes twice."""
    people = list(COACHES[:count])
    for number in range(count - len(people)):
        first, last = _FIRST[number % len(_FIRST)], _LAST[number % len(_LAST)]
        again = number // (len(_FIRST) * len(_LAST))
        username = f"{first}.{last}".lower() + (str(again + 1) if again else "")
        people.append(Person(f"{first} {last}", 19 + number * 7 % 46, username))
    return people
