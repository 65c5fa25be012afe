from samband.library.models.definitions import Definition, DefinitionVersion
from samband.library.models.used import CheckItem, InfoText, UsedPart

__all__ = ["CheckItem", "Definition", "DefinitionVersion", "InfoText", "UsedPart"]
