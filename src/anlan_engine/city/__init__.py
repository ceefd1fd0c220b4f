class City: ...


class CityError(Exception): ...


def open_city(path):
    raise CityError
