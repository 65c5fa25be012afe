"""The demo log-ins, in the order in which they are offered: one for each role of the walk, then the rest."""

from dataclasses import dataclass

from samband.core.models import User


@dataclass(frozen=True)
class Login:
    """An account of the demo county and what it shows."""

    username: str
    label: str
    role: str
    can: str


LOGINS = (
    Login("maria.lovgren", "Maria Lövgren, samordnare i Heby", "coordinator", "Ser läget i Heby och öppnar planerna."),
    Login("ida.wallin", "Ida Wallin, sjuksköterska i hemsjukvården", "nurse", "Har dagens besök och skriver i planen."),
    Login("ulrika.sjoberg", "Ulrika Sjöberg, planerare i Heby", "planner", "Planerar dagens besök över gränserna."),
    Login(
        "kerstin.palm",
        "Kerstin Palm, förbättringsledare",
        "leader",
        "Leder dialoger, sköter rutiner och regionernas underlag.",
    ),
    Login("behrouz.karimi", "Behrouz Karimi, läkare på vårdcentralen", "physician", "Läser planen före hembesöket."),
    Login("gunvor", "Gunvor Ekdahl, personen själv", "person", "Ser sin plan, nästa steg och vem som svarar."),
    Login("sune", "Sune Ekdahl, Gunvors make", "relative", "Läser det Gunvor delar och skriver i sin del."),
    Login(
        "annelie", "Annelie Ekdahl Brandt, Gunvors dotter och ombud", "relative", "Läser planen och svarar om möten."
    ),
    Login("fatima.osman", "Fatima Osman, undersköterska i hemtjänsten", "assistant", "Har dagens besök."),
    Login("jonas.ekstrand", "Jonas Ekstrand, sjuksköterska i hemsjukvården", "nurse", "Har söndagens kväll."),
    Login("niklas.storm", "Niklas Storm, läkare i mobila teamet", "physician", "Har jouren på söndagens kväll."),
    Login("caroline.ask", "Caroline Ask, arbetsterapeut", "therapist", "Följer rehabiliteringen efter en stroke."),
    Login("parisa.amiri", "Parisa Amiri, tandläkare", "dental", "Är part i planer där munnen är med."),
    Login("tove.liljegren", "Tove Liljegren, klinisk apotekare", "pharmacist", "Går igenom läkemedel."),
    Login("ewa.kask", "Ewa Kask, socialsekreterare", "social", "Är part där personen har sagt ja."),
    Login("linda.hav", "Linda Hav, specialpedagog", "outside", "Ser bara det som gäller skoldagen."),
    Login(
        "monica.ryd", "Monica Ryd, systemförvaltare", "administrator", "Sköter enheter och personal. Ser inga planer."
    ),
    Login("peter.skoog", "Peter Skoog, logggranskare", "reviewer", "Granskar vem som har läst."),
    Login("rebecka.alm", "Rebecka Alm, utskrivningssjuksköterska", "nurse", "Förbereder en hemgång från avdelningen."),
    Login("jenny", "Jenny Sandberg, vårdnadshavare", "guardian", "Läser och skriver i sonens plan."),
    Login("bertil", "Bertil Hedman, Ullas make", "relative", "Läser och skriver i sin del av hustruns plan."),
    Login("marie", "Marie Engvall, vill ha det uppläst", "person", "Sin egen plan, med uppläsning."),
)


def logins() -> tuple[Login, ...]:
    """Every demo log-in, the walk of the main story first."""
    return LOGINS


def users() -> list[User]:
    """Their accounts, in the same order; what is not loaded is left out."""
    order = [login.username for login in LOGINS]
    found = User.objects.filter(username__in=order, is_demo=True, is_active=True)
    return sorted(found, key=lambda user: order.index(user.username))
