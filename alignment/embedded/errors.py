"""What can keep the servers or the application from starting."""


class StartError(Exception):
    """Something could not be started; the message is for people and says what to do."""
