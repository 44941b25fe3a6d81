"""What classes are made of, and how each move is done."""

from typing import NamedTuple


class Move(NamedTuple):
    """An exercise move. No video: the descriptions are ours, films of them are not."""

    name: str
    focus: str
    description: str


MOVES = (
    Move(
        "Back Squat",
        "Legs",
        "Rest the bar on your upper back, feet about shoulder-width apart. Brace, then bend hips and knees together "
        "until your thighs are at least level with the floor, knees in line with the toes. Push through the whole "
        "foot to stand up.",
    ),
    Move(
        "Goblet Squat",
        "Legs",
        "Hold a dumbbell or kettlebell upright against your chest. Sit down between your heels with a tall chest "
        "until your elbows come to the inside of your knees, then stand up. A good first squat: the weight in front "
        "keeps you upright.",
    ),
    Move(
        "Walking Lunge",
        "Legs",
        "Take a long step forward and lower the back knee until it almost touches the floor. Push through the front "
        "heel, stand up and step straight into the next lunge. Keep your trunk upright and the front knee over the "
        "foot.",
    ),
    Move(
        "Bulgarian Split Squat",
        "Legs",
        "Put the top of one foot on a bench behind you. Lower the back knee towards the floor until the front thigh "
        "is level, then push up through the front heel. Finish one side before you change.",
    ),
    Move(
        "Step-Up",
        "Legs",
        "Put one whole foot on a box about knee high. Lean forward slightly and stand up on that leg without pushing "
        "off from the floor, then lower yourself slowly. Do all repetitions on one side, then the other.",
    ),
    Move(
        "Leg Press",
        "Legs",
        "Sit with back and hips flat against the pad, feet shoulder-width apart on the plate. Lower the weight until "
        "your knees are bent to about a right angle, then press it away. Do not lock your knees hard, and do not let "
        "your lower back round.",
    ),
    Move(
        "Standing Calf Raise",
        "Legs",
        "Stand with the balls of your feet on a step and hold on to something for balance. Lower your heels below the "
        "step, rise as high as you can, hold for a second and come down slowly.",
    ),
    Move(
        "Romanian Deadlift",
        "Hamstrings",
        "Stand with a bar or dumbbells in front of your thighs, knees slightly bent. Push your hips back and let the "
        "weight slide down your legs with a flat back until you feel the hamstrings stretch. Drive your hips forward "
        "to stand.",
    ),
    Move(
        "Glute Bridge",
        "Glutes",
        "Lie on your back, knees bent, feet flat near your hips. Squeeze your glutes and lift your hips until "
        "shoulders, hips and knees form a line. Hold for a second without arching the lower back, then lower.",
    ),
    Move(
        "Hip Thrust",
        "Glutes",
        "Rest your shoulder blades on a bench with a padded bar across your hips. Keep your chin tucked and drive "
        "your hips up until your thighs are level and your shins upright. Pause at the top, then lower under control.",
    ),
    Move(
        "Push-Up",
        "Chest",
        "Hands a little wider than your shoulders, body in one line from head to heels. Lower yourself until your "
        "chest is just above the floor, elbows about 45 degrees from your sides, then push the floor away.",
    ),
    Move(
        "Incline Push-Up",
        "Chest",
        "A push-up with your hands on a bench, a box or a bar in the rack: the higher the hands, the easier it is. "
        "Keep your body in one line and bring your chest to the edge each time.",
    ),
    Move(
        "Bench Press",
        "Chest",
        "Lie with your eyes under the bar, shoulder blades pulled together, feet flat on the floor. Lower the bar to "
        "your lower chest, wrists above elbows, and press it up over the shoulders. Have a spotter when it is heavy.",
    ),
    Move(
        "Incline Dumbbell Press",
        "Chest",
        "Set the bench to about 30 degrees. Start with the dumbbells beside your upper chest, press them up until "
        "your arms are straight above your shoulders, and lower them slowly until you feel a stretch across the "
        "chest.",
    ),
    Move(
        "Deadlift",
        "Back",
        "Stand with the bar over the middle of your feet and grip it just outside your legs. Flatten your back, take "
        "the slack out of the bar, then push the floor away and stand tall with the bar close to your body. Lower it "
        "the way it came.",
    ),
    Move(
        "Bent-Over Row",
        "Back",
        "Hinge at the hips until your trunk is well forward, back flat, arms hanging. Pull the bar to your lower "
        "ribs, squeeze your shoulder blades together, then lower it without letting your trunk swing.",
    ),
    Move(
        "Pull-Up",
        "Back",
        "Hang from the bar with palms facing away, hands just wider than your shoulders. Pull your shoulders down and "
        "then your chest towards the bar until your chin is over it. Lower yourself all the way. A band under the "
        "feet makes it easier.",
    ),
    Move(
        "Lat Pulldown",
        "Back",
        "Sit with your thighs under the pads and take the bar wider than your shoulders. Lean back slightly, pull the "
        "bar to your upper chest by driving your elbows down, and let it rise until your arms are straight.",
    ),
    Move(
        "Seated Cable Row",
        "Back",
        "Sit tall with knees slightly bent. Pull the handle to your stomach, elbows close to your body, and squeeze "
        "your shoulder blades together. Let your arms straighten slowly without rounding your back.",
    ),
    Move(
        "Overhead Press",
        "Shoulders",
        "Hold the bar at your collarbones, hands just outside the shoulders. Squeeze your glutes, press the bar "
        "straight up past your face and finish with it over the middle of your feet, arms straight. Do not lean back.",
    ),
    Move(
        "Lateral Raise",
        "Shoulders",
        "Stand with light dumbbells at your sides and a slight bend in the elbows. Raise your arms out to the sides "
        "up to shoulder height, leading with the elbows, and lower them slowly. No swinging.",
    ),
    Move(
        "Face Pull",
        "Shoulders",
        "Set a rope on a cable at about face height. Pull it towards your forehead with your elbows high, the ends of "
        "the rope moving apart beside your ears. Pause, then return slowly. Good for posture after a day at a desk.",
    ),
    Move(
        "Dumbbell Curl",
        "Arms",
        "Stand with a dumbbell in each hand, palms forward, elbows at your sides. Curl the weights up without moving "
        "the elbows, then lower them until your arms are straight.",
    ),
    Move(
        "Triceps Pushdown",
        "Arms",
        "Face a high cable with your elbows tucked in at your sides. Push the rope or bar down until your arms are "
        "straight, then let it rise to about a right angle. Only the forearms move.",
    ),
    Move(
        "Plank",
        "Core",
        "Rest on your forearms and toes, elbows under the shoulders. Squeeze your glutes and pull your ribs down so "
        "that your body is one straight line. Breathe, and stop when your hips begin to sag.",
    ),
    Move(
        "Side Plank",
        "Core",
        "Lie on your side, elbow under the shoulder, feet stacked. Lift your hips until your body is straight from "
        "head to feet and hold, then change sides. Bend the lower knee to the floor to make it easier.",
    ),
    Move(
        "Dead Bug",
        "Core",
        "Lie on your back, arms up, hips and knees bent to right angles. Press your lower back into the floor and "
        "reach one arm and the opposite leg away until they almost touch down. Return and change sides.",
    ),
    Move(
        "Bird Dog",
        "Core",
        "On hands and knees, reach one arm forward and the opposite leg back until both are level with your trunk. "
        "Hold for two seconds without letting your hips turn, then change sides.",
    ),
    Move(
        "Hollow Hold",
        "Core",
        "Lie on your back with arms overhead. Press your lower back down, then lift shoulders and straight legs a "
        "little off the floor and hold. Bend your knees or bring the arms forward if your back lifts.",
    ),
    Move(
        "Russian Twist",
        "Core",
        "Sit with knees bent and lean back until your stomach has to work. With hands together or a light weight at "
        "your chest, turn your whole trunk to one side and then the other. Slow turns beat fast ones.",
    ),
    Move(
        "Hanging Knee Raise",
        "Core",
        "Hang from a bar with your shoulders pulled down. Lift your knees above hip height by curling your pelvis "
        "towards your ribs, then lower them slowly so that you do not swing.",
    ),
    Move(
        "Kettlebell Swing",
        "Full body",
        "Stand over the bell with a flat back, hike it back between your legs, then snap your hips forward so that it "
        "floats to chest height. Your arms only guide it: the power comes from the hips. Let it fall back into the "
        "next hinge.",
    ),
    Move(
        "Thruster",
        "Full body",
        "Hold dumbbells or a bar at your shoulders and squat. Drive up fast and use that speed to press the weight "
        "overhead in one movement. Bring it back to your shoulders as you sink into the next squat.",
    ),
    Move(
        "Burpee",
        "Full body",
        "From standing, put your hands on the floor, jump your feet back and lower your chest to the floor. Push up, "
        "jump your feet to your hands and leap with your arms overhead. Step instead of jumping to make it gentler.",
    ),
    Move(
        "Farmer's Carry",
        "Full body",
        "Pick up a heavy weight in each hand with a flat back. Walk tall with short, quick steps, shoulders back and "
        "down, without leaning. Set the weights down with care before your grip gives out.",
    ),
    Move(
        "Turkish Get-Up",
        "Full body",
        "Lie on your back with a kettlebell held straight above one shoulder. Rise to the elbow, then the hand, sweep "
        "the leg under you to a kneeling lunge and stand, eyes on the bell until you kneel tall. Come back down by "
        "the same steps. Learn it without weight.",
    ),
    Move(
        "Rowing Machine",
        "Cardio",
        "Push with the legs first, then swing your trunk back, then pull the handle to your lower ribs. Return in the "
        "opposite order: arms, trunk, legs. Aim for strong strokes at about 24 a minute rather than hurried ones.",
    ),
    Move(
        "Jump Rope",
        "Cardio",
        "Turn the rope with your wrists, elbows close to your sides. Jump just high enough for it to pass, land "
        "softly on the balls of your feet with your knees a little bent, and keep looking ahead.",
    ),
    Move(
        "High Knees",
        "Cardio",
        "Run on the spot and bring each knee up to hip height, arms working with the legs. Stay on the balls of your "
        "feet with a tall trunk. March instead of running for a version without impact.",
    ),
    Move(
        "Mountain Climber",
        "Cardio",
        "Start in a high plank, hands under your shoulders. Drive one knee towards your chest and change legs in a "
        "quick running rhythm, with your hips low and your shoulders above your hands.",
    ),
    Move(
        "Shuttle Run",
        "Cardio",
        "Sprint between two lines about ten metres apart. Slow down with short steps, touch the line with one hand, "
        "turn and push off hard. Turn to the other side each time, so that both legs do the same work.",
    ),
    Move(
        "Cat-Cow",
        "Mobility",
        "On hands and knees, breathe out and round your back up towards the ceiling, chin to chest. Breathe in, let "
        "your belly sink and lift chest and tailbone. Move slowly, one vertebra after the other.",
    ),
    Move(
        "World's Greatest Stretch",
        "Mobility",
        "Step into a long lunge and put both hands on the floor inside the front foot. Lower that elbow towards the "
        "floor, then turn your chest and reach the same arm up to the ceiling. Change sides.",
    ),
    Move(
        "Kneeling Hip Flexor Stretch",
        "Mobility",
        "Kneel on one knee, the other foot in front. Tuck your pelvis under and squeeze the glute of the kneeling "
        "leg, then shift forward slightly until the front of that hip stretches. Hold for 30 seconds a side.",
    ),
    Move(
        "Thread the Needle",
        "Mobility",
        "On hands and knees, slide one arm under the other, palm up, until shoulder and ear rest on the floor. "
        "Breathe into your upper back for a few breaths, then unwind and reach the arm to the ceiling. Change sides.",
    ),
    Move(
        "90/90 Hip Switch",
        "Mobility",
        "Sit with both knees bent to right angles, one leg in front and one to the side. Lift your knees and turn "
        "them over to the other side with your heels on the floor. Lean on your hands behind you if you need to.",
    ),
    Move(
        "Hamstring Stretch",
        "Mobility",
        "Lie on your back and loop a strap or towel around one foot. Straighten that leg towards the ceiling until "
        "the back of the thigh stretches, the other leg long on the floor. Hold for 30 seconds, then change legs.",
    ),
    Move(
        "Child's Pose",
        "Mobility",
        "Kneel with your big toes together and knees apart. Sit back on your heels, stretch your arms forward and "
        "rest your forehead on the floor. Take slow breaths into your lower back.",
    ),
)

# Ways to do a strength move that make another exercise of it, and what changes.
_VARIATIONS = (
    ("Slow", "Take three seconds down and three seconds up."),
    ("Paused", "Hold the hardest position for two full seconds in each repetition."),
    ("Light", "Take about half of your usual weight, or the easiest version, and move with perfect form."),
    ("One-and-a-Half", "Each repetition is all the way, half of the way back, and all the way again."),
    ("Cluster", "Do short sets of three with fifteen seconds of rest between them."),
)
_STRENGTH = ("Legs", "Hamstrings", "Glutes", "Chest", "Back", "Shoulders", "Arms")


def moves(count: int) -> list[Move]:
    """So many moves: the gym's own, then variations of its strength moves."""
    found = list(MOVES[:count])
    strength = [move for move in MOVES if move.focus in _STRENGTH]
    for number in range(count - len(found)):
        move = strength[number % len(strength)]
        turn, variation = divmod(number // len(strength), len(_VARIATIONS))
        prefix, change = _VARIATIONS[variation]
        name = f"{prefix} {move.name}" + (f" {turn + 1}" if turn else "")
        found.append(Move(name, move.focus, f"{change} {move.description}"))
    return found
