"""Why a file is not turned into a document."""


class Refusal(Exception):  # noqa: N818 - it is a verdict on the input, not an error of the program
    """One document is refused.

    `code` is a finding code of severity error, `message` names what is wrong, `remedy` what the user can do.
    """

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy

    def __reduce__(self) -> tuple[type["Refusal"], tuple[str, str, str]]:
        return (Refusal, (self.code, self.message, self.remedy))
